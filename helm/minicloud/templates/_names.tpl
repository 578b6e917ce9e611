{{- define "minicloud.labels" -}}
app.kubernetes.io/part-of: minicloud
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* The user names of the brains, as admission sees them. */}}
{{- define "minicloud.controllerUser" -}}
system:serviceaccount:minicloud-system:minicloud-controller
{{- end }}
