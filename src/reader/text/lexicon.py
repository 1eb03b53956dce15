"""The words that the rules for sentences, names and reporting verbs know, all in lower case
unless their case is part of what they are. English news first; other languages do without.
"""


def _all(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _forms(bases: str) -> frozenset[str]:
    """The forms of regular verbs: "deny" → deny, denies, denied, denying."""
    forms = set()
    for base in bases.split():
        stem = base.removesuffix("e")
        if base.endswith("y") and base[-2] not in "aeou":
            forms |= {base[:-1] + "ies", base[:-1] + "ied"}
        else:
            forms |= {base + ("es" if base.endswith(("s", "sh", "ch")) else "s"), stem + "ed"}
        forms |= {base, stem + "ing"}
    return frozenset(forms)


# --- abbreviations, as written before their period -------------------------------------------
TITLE_ABBREVIATIONS = _all(
    "Mr Mrs Ms Mx Dr Gen Lt Col Maj Sgt Cpl Capt Cmdr Adm Sen Sens Rep Reps Gov Govs Prof Rev Fr"
    " Hon Pres Supt Pfc Pvt Spc Brig Det Insp Atty Amb Messrs Mme Mlle St Mt Ft"
)
MONTH_ABBREVIATIONS = _all("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")
NUMBERED = _all("No Nos no nos Art Fig Figs fig Vol vol Ch p pp para paras Sec")
"""Abbreviations only where a number follows: "No. 5", but "She said no."."""
ABBREVIATIONS = (
    TITLE_ABBREVIATIONS
    | MONTH_ABBREVIATIONS
    | NUMBERED
    | _all(
        "Inc Corp Ltd Co Cos Bros Jr Sr Esq Univ Dept Assn Ave Blvd Ph vs v etc approx cf al ca"
        " Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Kan Ky La Mass Md Mich Minn Mo Mont Neb Nev"
        " Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Mon Tue Tues Wed Thu Thur Thurs Fri"
    )
)

# --- dates -----------------------------------------------------------------------------------
WEEKDAYS = _all("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = _all(
    "january february march april may june july august september october november december"
)
NAMELIKE_MONTHS = _all("march april may june august")
"""Months that are also names or verbs: a date only beside a number."""
TIME_ZONES = _all(
    "eastern central pacific mountain gmt utc est edt cst cdt mst mdt pst pdt bst cet"
)

# --- function words --------------------------------------------------------------------------
NUMBER_WORDS = _all(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
    " hundred hundreds thousand thousands million millions billion billions dozen dozens"
)
DETERMINERS = NUMBER_WORDS | _all(
    "a an the this these those his her its their our my your some several many few most all both"
    " each every another any no other more fewer such various numerous"
)
PREPOSITIONS = _all(
    "of in on at by for from to with without within into onto over under about above across after"
    " against along amid among around before behind below beneath beside besides between beyond"
    " despite during except inside outside near off out past per since through throughout toward"
    " towards until till up upon down via like unlike as than versus regarding including following"
)
CONJUNCTIONS = _all(
    "and or but nor so yet if because while whereas although though unless when whenever where"
    " wherever whether that which who whom whose what how why"
)
PRONOUNS = _all(
    "i you he she it we they me him us them mine yours hers ours theirs myself himself herself"
    " itself ourselves themselves someone anyone everyone nobody nothing something everything"
    " there here"
)
AUXILIARIES = _all(
    "is are was were be been being am has have had having do does did will would shall should can"
    " could may might must not never cannot isn't aren't wasn't weren't hasn't haven't hadn't"
    " doesn't don't didn't won't wouldn't shan't shouldn't can't couldn't mightn't mustn't"
)
ADVERBS = _all(
    "also now then today tonight yesterday tomorrow meanwhile however still later earlier recently"
    " already just even only once again perhaps maybe indeed instead moreover furthermore"
    " nevertheless nonetheless otherwise thus therefore hence soon often sometimes always almost"
    " nearly approximately roughly further too very well rather quite last next first second third"
    " finally eventually previously repeatedly publicly privately reportedly allegedly initially"
    " separately subsequently simply clearly additionally ago away yes ok"
)
FUNCTION_WORDS = (
    DETERMINERS | PREPOSITIONS | CONJUNCTIONS | PRONOUNS | AUXILIARIES | ADVERBS
) | _all("according i'm i've i'd i'll it's he's she's that's there's we're we've they're let's due")

# --- verbs that report -----------------------------------------------------------------------
REPORTING_VERBS = _forms(
    "accuse acknowledge add advise affirm agree allege announce answer appeal argue ask assert"
    " assume assure believe blame boast caution charge cite claim clarify comment complain concede"
    " conclude confess confirm consider contend counter criticise criticize declare demand deny"
    " describe detail disclose dispute doubt emphasise emphasize estimate exclaim expect explain"
    " express fear hint hope imply indicate inform insist instruct joke lament maintain mention"
    " note observe opine order pledge point predict promise propose protest question quip quote"
    " react reason recall reckon recommend remark remind reply report request respond reveal rule"
    " signal speculate state stress suggest suspect testify threaten thank tweet urge voice vow"
    " warn welcome whisper wonder worry"
) | _all(
    "say says said saying tell tells told telling write writes wrote written writing think thinks"
    " thought thinking know knows knew known feel feels felt feeling speak speaks spoke spoken"
    " speaking admit admits admitted admitting swear swears swore sworn find finds found hear hears"
    " heard read reads according refer refers referred referring show shows showed shown"
)
NOUNS_TOO = _all(
    "answer appeal appeals answers charge charges claim claims comment comments counter demand"
    " demands detail details dispute doubt doubts estimate estimates fear fears hint hints hope"
    " hopes joke jokes note notes order orders pledge pledges point points promise promises protest"
    " protests question questions quote quotes reason reasons remark remarks reply report reports"
    " request requests rule rules ruling signal signals state states stress suspect suspects tweet"
    " tweets voice voices vow vows wonder worry worries thought feeling finding show shows read"
    " thinking known meeting welcome advise think reckon"
)
"""Forms of reporting verbs that as often are nouns: they do not end a noun run."""
CUE_PHRASES: tuple[tuple[str, ...], ...] = (
    ("according", "to"),
    ("quoted", "as", "saying"),
    ("declined", "to", "comment"),
    ("declined", "to", "say"),
    ("refused", "to", "comment"),
    ("refused", "to", "say"),
    ("went", "on", "to", "say"),
    ("pointed", "out"),
    ("points", "out"),
    ("pointing", "out"),
    ("made", "clear"),
    ("makes", "clear"),
)
PLAIN_VERBS = _all(
    "met meets meet saw made sent gave named hit shot killed came comes come went goes go took"
    " takes take left leave got gets get became become began led leads won lost ran runs put kept"
    " held brought sees makes gives broke set let said"
)
"""Common verbs that end a noun run though nothing in their form tells."""

# --- names -----------------------------------------------------------------------------------
PARTICLES = _all(
    "van der den de la le du da dos das del della di do von zu zum zur ten ter af av bin ibn bint"
    " abu al el ul ould al- y e et und"
)
OFFICES = TITLE_ABBREVIATIONS - {"St", "Mt", "Ft"} | _all(
    "Secretary President Minister Premier Chancellor Chief Director Mayor Governor Senator"
    " Representative Congressman Congresswoman Speaker Chairman Chairwoman Chairperson Chair"
    " Ambassador Envoy Spokesman Spokeswoman Spokesperson General Admiral Colonel Major Captain"
    " Lieutenant Sergeant Corporal Commander Commissioner Officer Inspector Detective"
    " Superintendent"
    " Judge Justice Attorney Prosecutor Sheriff Marshal Prince Princess King Queen Emperor Sultan"
    " Sheikh Emir Pope Cardinal Archbishop Bishop Father Sister Reverend Rabbi Imam Ayatollah"
    " Professor Doctor Mister Madam Sir Lady Lord Dame Baron Baroness Count Countess Duke Duchess"
    " Coach Manager Executive Analyst Councillor Councilor Councilman Councilwoman Deputy Delegate"
    " Master Miss Editor Correspondent Reporter Author Economist Historian Treasurer Undersecretary"
    " Adviser Advisor Administrator Coordinator Counsel Leader Candidate Nominee Trustee CEO CFO"
    " COO"
    " Private Constable Sergeant-Major Founder Co-founder Lawyer Solicitor Vice-President"
)
LOWER_OFFICES = frozenset(office.lower() for office in OFFICES) - _all(
    "general major private count fr gen master-mind"
) | _all(
    "general expert scientist scholar researcher activist lawmaker legislator politician official"
    " singer actor actress player striker journalist writer head boss officer farmer teacher doctor"
    " resident witness owner worker driver pilot engineer architect artist surgeon"
)
TITLE_MODIFIERS = _all(
    "Deputy Vice Acting Former Prime Foreign Defense Defence Finance Health Interior Justice"
    " Education Labor Labour Commerce Energy Treasury Trade Transport War Press Assistant Associate"
    " Senior Junior Chief Executive Managing Financial Operating Attorney First Second Under"
    " Permanent Special National Security Homeland Crown Grand Staff Petty Warrant Police Fire"
    " District Supreme Lead Interim Honorary Emeritus Agriculture Environment Culture Home Affairs"
    " Harbour Harbor"
)
PORTFOLIOS = _all(
    "State Defense Defence Foreign Affairs Finance Health Human Services Interior Justice Education"
    " Labor Labour Commerce Energy Homeland Security Treasury Trade Transport Transportation War"
    " Staff Chief Veterans Housing Urban Development Agriculture Environment Culture Public"
    " National"
    " Intelligence Information Industry Communications Operations Police Works"
)
INSTITUTIONS = _all(
    "Ministry Department Bureau Office Committee Commission Council Institute Agency Board Court"
    " Centre Center Authority Federation Association Administration Academy Chamber Union School"
)
NOT_PEOPLE = INSTITUTIONS | _all(
    "University College League Motors Electric Mills Assembly Hospital Island Islands Street Road"
    " Avenue Square Bridge Airport Stadium Prize Award Park Lake River Mountain Bay Beach County"
    " City"
    " Company Corporation Corp Inc Group Bank House Palace Church Cathedral Museum Library Theatre"
    " Theater Hotel Club Party Army Force Forces Service Services Command Staff Election Summit"
    " Conference Act Bill Law Treaty Times Post Journal Herald Dynamics Ministry's"
)
"""A run whose part after the office is one of these ("General Motors") has no title."""
HEADS = NOT_PEOPLE | _all(
    "University Universities Chiefs States Republic Kingdom Gulf Strait Straits Isle Isles Cape"
    " Port"
    " Battle Siege Fall Valley Sea Mount Duchy Emirate Commonwealth Community League Organization"
    " Organisation Society Confederation Friends Knights Sons Daughters Declaration Statue Tower"
    " Departments Ministers Secretaries Lords Governors"
    " Representatives Commons Congress"
)
"""What an "of" can follow inside a name: "Gulf of Amrin", but not "Ines Varga of Kestrel"."""
SUFFIXES = _all("jr sr jr. sr. ii iii iv phd md qc kc mp")
LEADING_PARTICLES = _all("van von der den de bin ibn di del della ter ten")
ADJECTIVES_OF_OFFICE = _all("former acting retired outgoing incoming late deputy senior chief ex")
HEADLINE_VERBS = _all(
    "says said tells told denies denied warns warned confirms confirmed urges urged vows vowed"
    " admits insists announces accuses kills"
)
"""Verbs that do not join a name though a headline capitalises them."""
POSTNOMINALS = _all(
    "familiar close briefed involved aware knowledgeable present able willing unable likely"
    " responsible available able"
)
"""Adjectives that follow their noun ("people familiar with …") and end a noun run."""
