"""Holds what an API was asked and answered to the description that it served: openapi_holds.py FILE"""

import json
import re
import sys

from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

PROBLEM = "application/problem+json"

everything = json.load(open(sys.argv[1], encoding="utf-8"))
description = everything["description"]
validate(description)
faults = []


def check(what, value, schema):
    """Everything in which `value` is not as `schema` says."""
    rooted = {**schema, "components": description["components"]}
    for fault in Draft202012Validator(rooted).iter_errors(value):
        faults.append(f"{what}: {fault.json_path}: {fault.message}")


def described(method, path):
    """The operation that a method and a path belong to."""
    for pattern, methods in description["paths"].items():
        if re.fullmatch(re.sub(r"\{[a-z]+\}", "[^/]+", pattern), path):
            return methods.get(method.lower())
    return None


for exchange in everything["exchanges"]:
    path, _, query = exchange["path"].partition("?")
    status, media = str(exchange["status"]), exchange["media"]
    what = f'{exchange["method"]} {exchange["path"]} {status}'
    operation = described(exchange["method"], path)
    if operation is None:
        if status not in ("404", "405"):
            faults.append(f"{what}: is not described")
        check(what, exchange["body"], {"$ref": "#/components/schemas/Problem"})
        continue
    content = operation["responses"].get(status, {}).get("content", {})
    if media not in content:
        faults.append(f"{what}: {media} is not described")
        continue
    check(what, exchange["body"], content[media]["schema"])
    if media == PROBLEM and exchange["body"]["status"] != exchange["status"]:
        faults.append(f"{what}: the problem says another status")
    taken = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if exchange["status"] < 300 and taken and exchange["sent"] is not None:
        check(f"{what} took", exchange["sent"], taken["schema"])

for fault in faults:
    print(fault)
if faults:
    sys.exit(1)
print(f'{len(everything["exchanges"])} answers hold')
