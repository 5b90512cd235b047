"""The examples that the documentation shows; a test executes them as they stand."""

from typing import Final

CURL: Final = """\
# 1. A token, good for an hour
TOKEN=$(curl -s -u "$PROGRAM:$SECRET" -d grant_type=client_credentials {address}/api/v1/token \\
  | python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')

# 2. An example document
curl -s -H "Authorization: Bearer $TOKEN" {address}/api/v1/documents/EXD \\
  | python3 -c '
import json, sys
example = json.load(sys.stdin)["example"]
example["sender_reference"] = "TEST-ACCEPT-CURL"
json.dump({{"message": "EXD", "document": example}}, sys.stdout)' > submission.json

# 3. Submit it, and wait up to ten seconds for the decision
curl -s -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
  -H "Idempotency-Key: my-first-export" -H "Prefer: wait=10" \\
  -d @submission.json {address}/api/v1/submissions
"""

PYTHON: Final = '''\
import base64
import json
import os
import urllib.parse
import urllib.request

ADDRESS = "http://localhost:8080/api/v1"


def call(method, path, body=None, **headers):
    """One request; what comes back is JSON."""
    headers = {name.replace("_", "-"): text for name, text in headers.items()}
    request = urllib.request.Request(ADDRESS + path, body, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


program = f"{os.environ['PROGRAM']}:{os.environ['SECRET']}".encode()
form = urllib.parse.urlencode({"grant_type": "client_credentials"}).encode()
token = call("POST", "/token", form, Authorization="Basic " + base64.b64encode(program).decode())
known = {"Authorization": f"Bearer {token['access_token']}"}

document = call("GET", "/documents/EXD", **known)["example"]
document["sender_reference"] = "TEST-ACCEPT-PYTHON"
body = json.dumps({"message": "EXD", "document": document}).encode()
submission = call("POST", "/submissions", body, Content_Type="application/json", Prefer="wait=10", **known)

for message in submission["messages"]:
    print(message["name"], message["sender_reference"], message["state"])
    edn = message["subject"]["key"]
    for step in call("GET", f"/declarations/{edn}", **known)["next"]:
        print(f"{edn}: next is the {step['who']}: {step['action']}")
'''
