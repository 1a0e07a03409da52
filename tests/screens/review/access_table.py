"""For every address: how each person is answered. test_access.py holds it to this."""

# Of a submitted request of Ann's practice, which Rhea holds. Whoever has not signed in is sent to
# sign in. One number is everybody's.
PEOPLE = ("ann", "ben", "rhea", "cara", "paula")
TABLE = """
address                  | GET                 | POST
                         | ann ben rhe car pau | ann ben rhe car pau
packet:download          | 200 404 200 200 404 | 405
packet:draft             | 302 404 302 302 404 | 405
packet:issue             | 405                 | 302 404 302 302 404
packet:letter            | 200 404 200 200 404 | 405
packet:zip               | 405                 | 302 302 302 302 302
review:assign            | 405                 | 403 403 302 403 403
review:disposition       | 403 403 302 403 403 | 403 403 409 403 403
review:edition           | 403 403 302 403 403 | 403 403 302 403 403
review:ending            | 403 403 200 200 403 | 405
review:figure-csv        | 403 403 200 200 200 | 405
review:figures           | 403 403 200 200 200 | 405
review:go-on             | 405                 | 403 403 302 403 403
review:letter            | 403 403 200 403 403 | 403 403 409 403 403
review:letter-preview    | 403 403 200 403 403 | 405
review:letter-send       | 403 403 422 403 403 | 403 403 422 403 403
review:release           | 405                 | 403 403 302 403 403
review:request           | 403 403 200 403 403 | 405
review:take              | 405                 | 403 403 302 403 403
review:trail             | 403 403 200 403 403 | 405
review:trail-csv         | 403 403 200 403 403 | 405
review:worklist          | 403 403 200 200 403 | 405
review:worklist-search   | 403 403 302 302 403 | 403 403 200 200 403
verify:verify            | 200 200 200 200 200 | 422 422 422 422 422
wizard:check             | 200 404 404 200 404 | 405
wizard:compare           | 200 404 404 200 404 | 422 404 404 422 404
wizard:edition           | 403 404 404 403 404 | 403 404 404 403 404
wizard:enclosure         | 200 404 200 200 404 | 405
wizard:enclosure-add     | 405                 | 403 404 404 403 404
wizard:enclosure-page    | 200 404 200 200 404 | 405
wizard:enclosure-remove  | 405                 | 403 404 404 403 404
wizard:ending            | 200 200 403 200 403 | 405
wizard:home              | 302 302 302 302 302 | 405
wizard:make-request      | 405                 | 403 404 404 403 404
wizard:new               | 200 200 403 200 403 | 422 422 403 422 403
wizard:packet            | 200 404 404 200 404 | 405
wizard:page              | 302 404 404 302 404 | 403 404 404 403 404
wizard:quick-check       | 200 200 403 200 403 | 422 422 403 422 403
wizard:renew             | 200 404 404 200 404 | 422 404 404 422 404
wizard:requests          | 200 200 200 200 200 | 405
wizard:result            | 200 404 404 200 404 | 405
wizard:submit            | 302 404 404 302 404 | 403 404 404 403 404
wizard:tasks             | 200 404 404 200 404 | 405
wizard:trail             | 200 404 404 200 404 | 405
wizard:trail-csv         | 200 404 404 200 404 | 405
wizard:withdraw          | 200 404 404 200 404 | 302 404 404 302 404
"""
