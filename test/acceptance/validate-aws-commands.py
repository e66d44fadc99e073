"""Gives each command line (a list of words, JSON on standard input) to the AWS CLI, up to where it would call AWS.

Writes for each what it would call, or what the AWS CLI finds wrong. What is checked is what the CLI checks itself: flags,
their values, and parameters against the model of the API."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

from awscli.clidriver import create_clidriver

# The AWS CLI brings its own botocore, which its driver makes importable under its name.
import botocore.endpoint  # isort: skip

reached = []


def stop(self, operation_model, request_dict):
    reached.append(operation_model.name)
    raise RuntimeError("stopped before the call")


botocore.endpoint.Endpoint.make_request = stop
driver = create_clidriver()
answers = []
for words in json.load(sys.stdin):
    reached.clear()
    said = io.StringIO()
    with redirect_stderr(said), redirect_stdout(said):
        try:
            code = driver.main(words)
        except SystemExit as end:
            code = end.code
    answers.append({"called": reached[0]} if reached else {"wrong": said.getvalue().strip() or f"exit code {code}"})
json.dump(answers, sys.stdout)
