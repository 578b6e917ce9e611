# shellcheck shell=bash
# Reads surefire's XML reports. Source after common.sh.

# What a level of tests may take, in seconds, on 2 cores.
LEVELS='Test 180 pure
ApiIT 750 API
HostIT 1000 host
E2E 1700 e2e'

# test_cases: one line per test: seconds, passed|failed|skipped, class, name (tab-separated).
test_cases() {
  find "$REPO/operator" -path '*/target/surefire-reports/TEST-*.xml' -exec cat {} + | awk '
    function attribute(name,   a) { if (!match($0, " " name "=\"[^\"]*\"")) return ""; a = substr($0, RSTART, RLENGTH); sub(/^[^"]*"/, "", a); sub(/"$/, "", a); return a }
    function flush() { if (open) printf "%s\t%s\t%s\t%s\n", seconds, state, class, name; open = 0 }
    /<testcase / { flush(); open = 1; state = "passed"; seconds = attribute("time"); gsub(",", "", seconds); class = attribute("classname"); name = attribute("name") }
    open && /<(failure|error)[ >\/]/ { state = "failed" }
    open && /<skipped[ >\/]/ { state = "skipped" }
    open && (/<\/testcase>/ || /<testcase [^>]*\/>/) { flush() }
    END { flush() }'
}

# report_tests: budget per level, the slowest 20, the failed ones and the closing line; false when a test failed or none ran.
report_tests() {
  local cases suffix budget level
  cases=$(test_cases)
  say '' && say 'level  tests  seconds  budget'
  while read -r suffix budget level; do
    awk -F'\t' -v s="$suffix" -v b="$budget" -v l="$level" '
      { c = $3; sub(/\$.*/, "", c) } c ~ s "$" { n++; t += $1 }
      END { printf "%-6s %5d  %7.1f  %6d%s\n", l, n, t, b, (t > b ? "  OVER BUDGET" : "") }' <<<"$cases"
  done <<<"$LEVELS"
  say '' && say 'slowest tests'
  sort -t$'\t' -k1,1nr <<<"$cases" | awk -F'\t' 'NR <= 20 && NF { printf "%8.2f s  %s.%s\n", $1, $3, $4 }'
  awk -F'\t' '$2 == "failed" { if (!n++) print "\nfailed tests"; printf "  %s.%s\n", $3, $4 }' <<<"$cases"
  say ''
  awk -F'\t' 'NF { n[$2]++ } END { printf "%d passed, %d failed, %d skipped\n", n["passed"], n["failed"], n["skipped"]; exit n["failed"] > 0 || n["passed"] == 0 }' <<<"$cases"
}
