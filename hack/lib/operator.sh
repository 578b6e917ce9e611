# shellcheck shell=bash
# The chart and the operator itself. Source after units.sh and pki.sh.

apply_chart() {
  kube get namespace minicloud-system >/dev/null 2>&1 || kube create namespace minicloud-system >/dev/null
  kube apply --server-side --force-conflicts -f "$REPO/crds" >/dev/null
  kube wait --for=condition=Established --timeout=60s -f "$REPO/crds" >/dev/null
  "$BIN/helm" template minicloud "$REPO/helm/minicloud" --namespace minicloud-system --set "region=$MINICLOUD_REGION" \
    --set-json "hosts=[{\"name\":\"$MINICLOUD_HOST\",\"zones\":[\"${MINICLOUD_REGION}a\",\"${MINICLOUD_REGION}b\",\"${MINICLOUD_REGION}c\"]}]" \
    --set-json 'accounts=[{"name":"lab","namespace":"lab","accountId":"111122223333","createNamespace":true}]' >"$RUN/chart.yaml"
  kube apply --server-side --force-conflicts -f "$RUN/chart.yaml" >/dev/null
  kube get namespace minicloud-system -o 'jsonpath={.metadata.uid}' >"$MINICLOUD_HOME/etc/installation-id"
}

# token_kubeconfig FILE NAMESPACE SERVICEACCOUNT: kept while it is accepted.
token_kubeconfig() {
  if [ -e "$1" ] && "$BIN/kubectl" --kubeconfig "$1" auth whoami >/dev/null 2>&1; then return 0; fi
  kubeconfig "$1" --token="$(kube -n "$2" create token "$3" --duration=87600h)"
}

start_operator() {
  local etc=$MINICLOUD_HOME/etc app=$REPO/operator/app/target/quarkus-app copy
  # A copy by content: building again does not pull the program from under the running one.
  copy=$MINICLOUD_HOME/operator/$(cd "$app" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
  [ -d "$copy" ] || { mkdir -p "$copy.new" && cp -a "$app/." "$copy.new" && mv -T "$copy.new" "$copy"; }
  token_kubeconfig "$etc/controller.kubeconfig" minicloud-system minicloud-controller
  token_kubeconfig "$etc/agent.kubeconfig" "minicloud-host-$MINICLOUD_HOST" minicloud-agent
  start_unit operator env -C "$MINICLOUD_HOME" "$JAVA_HOME/bin/java" -Xmx256m --enable-native-access=ALL-UNNAMED \
    -Dminicloud.embedded=true "-Dminicloud.host=$MINICLOUD_HOST" "-Dminicloud.home=$MINICLOUD_HOME" "-Dminicloud.region=$MINICLOUD_REGION" \
    "-Dminicloud.service-cidr=$MINICLOUD_SERVICE_CIDR" "-Dminicloud.libvirt-uri=$LIBVIRT_URI" "-Dminicloud.image-folder=$MINICLOUD_HOME/images" \
    "-Dminicloud.controller.kubeconfig=$etc/controller.kubeconfig" "-Dminicloud.agent.kubeconfig=$etc/agent.kubeconfig" \
    "-Dminicloud.s3.endpoint=http://127.0.0.1:$PORT_S3" "-Dminicloud.s3.credentials-file=$etc/minio.env" "-Dquarkus.http.port=$PORT_OPERATOR" \
    -jar "$copy/quarkus-run.jar"
  await 120 operator "$LOG/operator.log" curl -fsS "http://127.0.0.1:$PORT_OPERATOR/q/health/ready"
}
