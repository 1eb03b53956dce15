"""UIMA CAS as XMI, with its type system in a second file.

XMI is "XML Metadata Interchange" as UIMA writes it ("UIMA References", 7): each structure is an
element, each feature an attribute. Line ends and tabs in attributes are character references,
because XML turns them into blanks otherwise (XML 1.0, 3.3.3); most control characters cannot stand
in XML 1.0 at all (2.2). Document type declarations, and with them entities, are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from xml.parsers import expat

from reader.formats import cas_read
from reader.formats.cas import REPLACED, SPLIT, TYPES, Cas, Structure, Type, cas_of, members
from reader.formats.codec import Codec, Content, Files, Options
from reader.formats.hidden import HIDDEN
from reader.formats.report import Report
from reader.formats.source import DEEPEST, Source
from reader.formats.units import UNITS, Unit

_XMI: Final = "http://www.omg.org/XMI"
_ID: Final = f"{_XMI} id"
_VIEW: Final = "uima.cas.View"
_NULL: Final = "uima.cas.NULL"

IMPOSSIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+")
"""What is no `Char` of XML 1.0 (surrogates are in no text)."""
_NUMBER: Final = re.compile(r"\d{1,15}", re.ASCII)
_ESCAPED: Final = re.compile(f'[&<>"\t\n\r]|{HIDDEN.pattern}')
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


class CasXmi(Codec):
    """One XMI file for each document."""

    name = "cas-xmi"
    summary = "UIMA CAS as XMI with its type system, for INCEpTION and DKPro"
    extensions = (".xmi", ".xml")
    unit: Unit | None = "utf16"
    carries = ("the text", "labels", "attributes", "notes", "links", "annotators and times")
    loses = (SPLIT, REPLACED)
    options = {"units": UNITS}
    reads = True
    per_document = True

    def encode(self, contents: Sequence[Content], options: Options, report: Report) -> Files:
        (content,) = contents
        cas = cas_of(content, options.units or "utf16", report, IMPOSSIBLE)
        return Files(_written(cas).encode("utf-8"), {".typesystem.xml": type_system().encode()})

    def decode(self, source: Source, options: Options, report: Report) -> list[Content]:
        cas = Cas(_Parser(source).structures())
        return cas_read.contents(cas, source, options.units or "utf16", report, self.name)

    def looks_like(self, name: str, head: bytes) -> bool:
        return _XMI.encode() in head and b"/uima/cas.ecore" in head


XMI: Final = CasXmi()

# Out ----------------------------------------------------------------------------------------------


def escaped(text: str) -> str:
    """A text as it stands in an attribute; what a terminal would obey or hide is a number, too."""
    return _ESCAPED.sub(lambda found: _ENTITIES.get(found[0]) or f"&#{ord(found[0])};", text)


def _written(cas: Cas) -> str:
    namespaces = {_namespace(each.type)[0]: _namespace(each.type)[1] for each in cas.structures}
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in sorted(namespaces.items()))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<xmi:XMI xmlns:xmi="{_XMI}"{declared} xmi:version="2.0">\n',
        '<cas:NULL xmi:id="0"/>\n',
        *map(_element, cas.structures),
        f'<cas:View sofa="1" members="{" ".join(map(str, members(cas.structures)))}"/>\n',
        "</xmi:XMI>\n",
    ]
    return "".join(lines)


def _element(structure: Structure) -> str:
    prefix, _, name = _namespace(structure.type)
    features = "".join(
        f' {name}="{escaped(value) if isinstance(value, str) else value}"'
        for name, value in structure.features.items()
    )
    return f'<{prefix}:{name} xmi:id="{structure.id}"{features}/>\n'


def _namespace(kind: str) -> tuple[str, str, str]:
    """A type's prefix, the address that it stands for, and its last name."""
    package, _, name = kind.rpartition(".")
    return package.rpartition(".")[2], f"http:///{package.replace('.', '/')}.ecore", name


def type_system() -> str:
    """The second file: what the types are ("UIMA References", 2.3). It is always the same."""
    types = "\n".join(map(_type, TYPES))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n'
        f"<types>\n{types}\n</types>\n</typeSystemDescription>\n"
    )


def _type(kind: Type) -> str:
    features = "\n".join(
        f"<featureDescription><name>{each.name}</name>"
        f"<description>{escaped(each.description)}</description>"
        f"<rangeTypeName>{each.range}</rangeTypeName></featureDescription>"
        for each in kind.features
    )
    return (
        f"<typeDescription>\n<name>{kind.name}</name>\n"
        f"<description>{escaped(kind.description)}</description>\n"
        f"<supertypeName>{kind.supertype}</supertypeName>\n"
        f"<features>\n{features}\n</features>\n</typeDescription>"
    )


# In -----------------------------------------------------------------------------------------------


class _Parser:
    """Reads the elements in the root, each with its attributes and the words of its children."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._depth = 0
        self._made: list[Structure] = []
        self._type = ""
        self._features: dict[str, Any] = {}
        self._words: list[str] = []
        self._line = 1
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        self._parser = parser

    def structures(self) -> list[Structure]:
        try:
            self._parser.Parse(self._source.data, True)
        except expat.ExpatError as error:
            what = expat.errors.messages.get(error.code, "it breaks off")
            raise self._source.wrong(f"it is no XML: {what}", error.lineno) from error
        except (LookupError, ValueError) as error:  # an encoding that Python does not have
            raise self._source.wrong(f"it cannot be read: {error}", 1) from error
        return self._made

    def _refuse(self, *declared: object) -> None:
        raise self._source.wrong(
            "it declares a document type, which no XMI has", self._parser.CurrentLineNumber
        )

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name != f"{_XMI} XMI":
            raise self._source.wrong("it is no XMI", self._parser.CurrentLineNumber)
        if self._depth == 2:
            self._type = _type_name(name)
            self._features = dict(attributes)
            self._line = self._parser.CurrentLineNumber
        elif self._depth > DEEPEST:
            raise self._source.wrong("it is nested too deeply", self._parser.CurrentLineNumber)
        self._words = []

    def _text(self, words: str) -> None:
        if self._depth > 2:
            self._words.append(words)

    def _end(self, name: str) -> None:
        if self._depth == 3:  # one of the strings of an array
            there = self._features.get(name)
            if not isinstance(there, list):
                there = self._features[name] = []
            there.append("".join(self._words))
        elif self._depth == 2 and self._type not in (_VIEW, _NULL):
            self._structure()
        self._depth -= 1

    def _structure(self) -> None:
        number = self._features.pop(_ID, "")
        if not isinstance(number, str) or _NUMBER.fullmatch(number) is None:
            raise self._source.wrong("a structure has no number as its xmi:id", self._line)
        self._made.append(Structure(int(number), self._type, self._features, self._line))


def _type_name(name: str) -> str:
    """The type that an element stands for: "http:///uima/cas.ecore Sofa" is uima.cas.Sofa."""
    uri, _, last = name.rpartition(" ")
    package = uri.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
    return last if package in ("", "uima.noNamespace") else f"{package}.{last}"
