{{/* image and imagePullPolicy of an image of the values: (list . .Values.image) */}}
{{- define "minicloud.image" -}}
{{- $root := index . 0 }}{{ $image := index . 1 -}}
image: {{ printf "%s:%s" $image.repository ($image.tag | default $root.Chart.AppVersion) }}
imagePullPolicy: {{ $image.pullPolicy }}
{{- end }}

{{/* The pod of what needs no right on its node; fits the "restricted" pod security standard. */}}
{{- define "minicloud.unprivilegedPod" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
# A large volume is not walked through at every start.
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "minicloud.unprivilegedContainer" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{/* The operator's probes: (dict "port" 8480 "host" "127.0.0.1"), host absent for the pod's own address. A slow machine
     under load has three minutes to start; one that is busy later is not killed for it before a minute has passed. */}}
{{- define "minicloud.probes" -}}
startupProbe:
  httpGet: {{ merge (dict "path" "/q/health/started") . | toJson }}
  periodSeconds: 3
  timeoutSeconds: 3
  failureThreshold: 60
livenessProbe:
  httpGet: {{ merge (dict "path" "/q/health/live") . | toJson }}
  periodSeconds: 10
  timeoutSeconds: 10
  failureThreshold: 6
readinessProbe:
  httpGet: {{ merge (dict "path" "/q/health/ready") . | toJson }}
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 3
{{- end }}
