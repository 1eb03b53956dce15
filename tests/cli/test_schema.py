from __future__ import annotations

import json

import jsonschema


def test_exports_fit_the_schema(reader, tag, article):
    claim, source = tag("claim", "nothing was done"), tag("source", "Ines Varga")
    reader("link", article, claim, source)
    ran = reader("schema")
    assert (ran.code, ran.err) == (0, "")
    schema = json.loads(ran.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(reader("export", article).out), schema)


def test_takes_no_arguments(reader):
    assert reader("schema", "x").code == 2
