{{- /*
The resource definitions of the cluster beside those of the chart. Fails where the cluster has one of a newer release: an older
one would drop, at the next write of each object, the fields that only the newer one knows. Yields the names of those that are
older than the chart's. Helm asks the cluster only when it installs or upgrades; in `helm template` there is nothing to compare.
*/}}
{{- define "minicloud.crds.outdated" -}}
{{- range $path, $text := .Files.Glob "crds/*.yaml" }}
{{- $packed := $text | toString | fromYaml }}
{{- $ours := index $packed.metadata.annotations "minicloud.io/release" }}
{{- with lookup "apiextensions.k8s.io/v1" "CustomResourceDefinition" "" $packed.metadata.name }}
{{- $theirs := dig "annotations" "minicloud.io/release" "0.0.0-0" .metadata }}
{{- $order := (semver $theirs).Compare (semver $ours) }}
{{- if gt $order 0 }}
{{- fail (printf "%s is of minicloud %s, newer than this chart's %s: install the chart of minicloud %s or newer" .metadata.name $theirs $ours $theirs) }}
{{- end }}
{{- if lt $order 0 }}
{{ .metadata.name }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* What makes an object part of the upgrade of resource definitions; takes the weight, by which Helm orders them. */}}
{{- define "minicloud.crds.hook" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: {{ . | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}
