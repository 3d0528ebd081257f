// Upstream's package and ours behave alike: the same scenarios, the same world, the same trace.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { departures, expected } from "./departures.mjs";
import { lines } from "./lines.mjs";
import { runOurs, runUpstream } from "./run.mjs";
import { scenarios } from "./scenarios.mjs";

// TOPIC is part of scenarios' names: only these are run.
const topic = process.env.TOPIC ?? "";
const [upstream, ours] = await Promise.all([runUpstream(topic), runOurs(topic)]);
const departed = new Set();

for (const { name } of scenarios.filter(({ name }) => name.includes(topic))) {
  test(name, () => {
    const theirs = upstream.get(name);
    // The scenario itself first: on upstream it runs to its end and its replies are exactly those asked for.
    assert.equal(theirs.broken, undefined);
    assert.equal(theirs.unused, 0, "replies that upstream never asked for");
    assert.deepEqual(theirs.trace.filter((event) => "unanswered" in event), []);
    const mine = ours.get(name);
    assert.equal(mine.broken, undefined);
    const used = (departure) => departed.add(departure);
    assert.equal(lines(mine.trace), lines(expected(theirs.trace, name, used)));
  });
}

test("every departure of the table shows in a scenario", { skip: topic !== "" && "one topic does not show all" }, () => {
  assert.deepEqual(
    departures.map(({ id }) => id).filter((id) => !departed.has(id)),
    [],
  );
});

test("the README says so", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  assert.deepEqual(
    departures.filter(({ upstream, ours, why }) => !readme.includes(`| ${upstream} | ${ours} | ${why} |`)),
    [],
  );
});
