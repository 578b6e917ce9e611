# shellcheck shell=bash
# The chart and the operator itself. Source after units.sh, cluster.sh and program.sh.

# accounts: those that exist and the one of the quickstart, as the chart takes them: it grants the controller's right to
# Secrets in an account's namespace, if that is there, and makes that of the quickstart, unless somebody else has.
accounts() {
  kube get accounts.organizations.minicloud.io,namespaces -o json | jq -c '[.items[] | select(.kind == "Namespace")] as $there
    | [$there[] | select(.metadata.labels["app.kubernetes.io/part-of"] != "minicloud") | .metadata.name] as $foreign
    | [.items[] | select(.kind == "Account") | {name: .metadata.name, namespace: .spec.namespace, accountId: .spec.accountId}]
    | if any(.name == "lab") then . else . + [{name: "lab", namespace: "lab", accountId: "111122223333"}] end
    | map(. + {createNamespace: (.name == "lab" and (.namespace | IN($foreign[]) | not))})
    | map(select(.createNamespace or (.namespace | IN($there[].metadata.name))))'
}

helm() { "$BIN/helm" --kubeconfig "$KUBECONFIG_ADMIN" --namespace minicloud-system "$@"; }

# chart_values: what the chart is told here. A release in a cluster keeps what else it was told, other hosts too.
chart_values() {
  local told=null
  if is_foreign; then told=$(helm get values minicloud --output json 2>/dev/null) || told=null; fi
  # The programs are ours to start: the chart gives the types, the rights and the policies.
  jq -n --argjson told "$told" --argjson accounts "$(accounts)" --arg region "$MINICLOUD_REGION" --arg host "$MINICLOUD_HOST" '
    ($told // {}) + {region: $region, controller: {enabled: false}, minio: {enabled: false}, accounts: $accounts,
      hosts: ([$told.hosts[]? | select(.name != $host)]
        + [{name: $host, agent: "External", zones: [$region + ("a", "b", "c")]} + ($told.hosts // [] | map(select(.name == $host)) | first // {})])}'
}

# run_helm WHAT ARGS...
run_helm() {
  helm "${@:2}" --values "$RUN/values.json" >"$RUN/chart.yaml" 2>"$LOG/helm.log" || die "$1: $(tail -n 1 "$LOG/helm.log")" "whole log: $LOG/helm.log"
}

apply_chart() {
  kube get namespace minicloud-system >/dev/null 2>&1 || kube create namespace minicloud-system >/dev/null
  local chart=(minicloud "$REPO/helm/minicloud")
  if is_foreign && kube get crd accounts.organizations.minicloud.io >/dev/null 2>&1; then
    chart_values >"$RUN/values.json"
    # Refuses what cannot be, resource types of a newer release too, before anything is written.
    run_helm 'the chart does not fit the cluster' template "${chart[@]}" --dry-run=server
  fi
  kube apply --server-side --field-manager=minicloud-chart --force-conflicts -f "$REPO/crds" >/dev/null
  kube wait --for=condition=Established --timeout=60s -f "$REPO/crds" >/dev/null
  chart_values >"$RUN/values.json"
  if is_foreign; then
    kube annotate --overwrite namespace minicloud-system "$CONTROLLER_MACHINE=$MINICLOUD_HOST" >/dev/null
    run_helm 'the chart could not be installed' upgrade --install "${chart[@]}" --skip-crds
  else
    run_helm 'the chart could not be rendered' template "${chart[@]}"
    # A field manager of its own: what the quickstart says of the same objects stays beside it.
    kube apply --server-side --field-manager=minicloud-chart --force-conflicts -f "$RUN/chart.yaml" >/dev/null
  fi
  remember_installation "$(kube get namespace minicloud-system -o 'jsonpath={.metadata.uid}')"
}

# remember_installation ID: hack/down removes what carries the id of any installation that was here; etcd may have been lost.
remember_installation() {
  grep -qxs "$1" "$MINICLOUD_HOME/etc/installation-ids" || printf '%s\n' "$1" >>"$MINICLOUD_HOME/etc/installation-ids"
}

# token_kubeconfig FILE NAMESPACE SERVICEACCOUNT: kept while it is accepted.
token_kubeconfig() {
  if [ -e "$1" ] && "$BIN/kubectl" --kubeconfig "$1" auth whoami >/dev/null 2>&1; then return 0; fi
  kubeconfig_of_token "$1" "$(kube -n "$2" create token "$3" --duration=87600h)"
}

# start_program UNIT ROLES PORT EMBEDDED: the operator with these brains.
start_program() {
  local etc=$MINICLOUD_HOME/etc
  start_unit "$1" env -C "$MINICLOUD_HOME" MALLOC_ARENA_MAX=2 "$JAVA_HOME/bin/java" "@$copy/jvm.options" \
    "-Dminicloud.roles=$2" "-Dquarkus.http.port=$3" "-Dminicloud.embedded=$4" \
    "-Dminicloud.host=$MINICLOUD_HOST" "-Dminicloud.home=$MINICLOUD_HOME" "-Dminicloud.region=$MINICLOUD_REGION" \
    "-Dminicloud.service-cidr=$MINICLOUD_SERVICE_CIDR" "-Dminicloud.libvirt-uri=$LIBVIRT_URI" "-Dminicloud.image-folder=$MINICLOUD_HOME/images" \
    "-Dminicloud.controller.kubeconfig=$etc/controller.kubeconfig" "-Dminicloud.agent.kubeconfig=$etc/agent.kubeconfig" \
    "-Dminicloud.s3.endpoint=http://127.0.0.1:$PORT_S3" "-Dminicloud.s3.credentials-file=$etc/minio.env" \
    -jar "$copy/quarkus-run.jar"
}

# copy_program: a copy by content, named in $copy: building again does not pull the program from under the running one.
copy_program() {
  copy=$MINICLOUD_HOME/operator/$(digest_of "$PROGRAM" "$JVM_OPTIONS")
  [ -d "$copy" ] || { mkdir -p "$copy.new" && cp -a "$PROGRAM/." "$JVM_OPTIONS" "$copy.new" && mv -T "$copy.new" "$copy"; }
}

await_program() { await 120 "$1" "$LOG/$1.log" curl -fsS --noproxy '*' "http://127.0.0.1:$2/q/health/ready"; }

start_operator() {
  local etc=$MINICLOUD_HOME/etc
  copy_program
  token_kubeconfig "$etc/controller.kubeconfig" minicloud-system minicloud-controller
  token_kubeconfig "$etc/agent.kubeconfig" "minicloud-host-$MINICLOUD_HOST" minicloud-agent
  if is_foreign; then
    # Against a cluster they are two processes: a lost lease ends the controller and never the agent.
    start_program controller controller "$PORT_CONTROLLER" false
    start_program operator agent "$PORT_OPERATOR" false
    await_program controller "$PORT_CONTROLLER"
  else
    start_program operator controller,agent "$PORT_OPERATOR" true
  fi
  await_program operator "$PORT_OPERATOR"
}

# start_agent: the agent alone, with the identity that it was given.
start_agent() {
  copy_program
  start_program operator agent "$PORT_OPERATOR" false
  await_program operator "$PORT_OPERATOR"
}
