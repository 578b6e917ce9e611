{{- define "minicloud.labels" -}}
app.kubernetes.io/part-of: minicloud
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* What selects the pods of a component: (list . "controller"). Never changes, as selectors cannot. */}}
{{- define "minicloud.selector" -}}
app.kubernetes.io/name: minicloud
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{/* On the pods of a component. No version of the chart: it would start every pod anew for nothing. */}}
{{- define "minicloud.podLabels" -}}
app.kubernetes.io/part-of: minicloud
{{ include "minicloud.selector" . }}
{{- end }}

{{/* The user names of the brains, as admission sees them. */}}
{{- define "minicloud.controllerUser" -}}
system:serviceaccount:minicloud-system:minicloud-controller
{{- end }}

{{/* The Secret with the S3 server's root credentials; empty when there is no S3 server. */}}
{{- define "minicloud.s3Secret" -}}
{{- if .Values.s3.existingSecret }}{{ .Values.s3.existingSecret }}{{ else if .Values.minio.enabled }}minicloud-minio{{ end }}
{{- end }}

{{/* true when there is a cluster to look at; rendering alone (helm template) has none. */}}
{{- define "minicloud.live" -}}
{{- if lookup "v1" "Namespace" "" "kube-system" }}true{{ end }}
{{- end }}
