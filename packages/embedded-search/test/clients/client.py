"""Writes and reads with the official Python client. Usage: client.py URL"""

import sys

from elasticsearch import Elasticsearch, NotFoundError, helpers

client = Elasticsearch(sys.argv[1])
assert client.info()["version"]["number"].startswith("9."), client.info()
client.indices.create(
    index="python",
    mappings={"properties": {"summary": {"type": "text"}, "user": {"type": "keyword"}, "at": {"type": "date"}}},
)
assert client.indices.exists(index="python")
actions = (
    {
        "_index": "python",
        "_id": str(n),
        "_source": {"summary": f"login failed {n}", "user": f"user{n % 3}", "at": f"2020-01-01T00:{n % 60:02}:00Z"},
    }
    for n in range(1000)
)
written, errors = helpers.bulk(client, actions, refresh=True)
assert (written, errors) == (1000, []), (written, errors)
assert client.count(index="python", query={"match": {"summary": "failed"}})["count"] == 1000

answer = client.search(
    index="python",
    query={"bool": {"filter": [{"term": {"user": "user1"}}, {"range": {"at": {"gte": "2020-01-01T00:30:00Z"}}}]}},
    aggs={"users": {"terms": {"field": "user"}, "aggs": {"first": {"min": {"field": "at"}}}}},
    sort=[{"at": "asc"}],
    size=3,
    track_total_hits=True,
)
expected = sum(1 for n in range(1000) if n % 3 == 1 and n % 60 >= 30)
assert answer["hits"]["total"]["value"] == expected, answer
assert answer["aggregations"]["users"]["buckets"][0]["key"] == "user1", answer
assert len(answer["hits"]["hits"]) == 3

pit = client.open_point_in_time(index="python", keep_alive="1m")["id"]
seen, after = set(), None
while True:
    page = client.search(pit={"id": pit, "keep_alive": "1m"}, size=300, sort=[{"at": "asc"}], search_after=after)
    hits = page["hits"]["hits"]
    if not hits:
        break
    seen.update(hit["_id"] for hit in hits)
    after = hits[-1]["sort"]
client.close_point_in_time(id=pit)
assert len(seen) == 1000, len(seen)

client.update(index="python", id="5", doc={"user": "someone"}, refresh=True)
assert client.get(index="python", id="5")["_source"]["user"] == "someone"
client.delete(index="python", id="5")
try:
    client.get(index="python", id="5")
except NotFoundError:
    print("python: ok")
else:
    sys.exit("The deleted document is still there.")
