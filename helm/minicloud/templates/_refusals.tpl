{{/* The first of a list of words that is there twice; empty when none is. */}}
{{- define "minicloud.duplicate" -}}
{{- $seen := dict }}
{{- range . }}
{{- if hasKey $seen . }}{{ . }}{{ break }}{{ end }}
{{- $_ := set $seen . true }}
{{- end }}
{{- end }}

{{/* true when an object is there that is not this release's own: (list $ object). */}}
{{- define "minicloud.foreign" -}}
{{- $release := (index . 0).Release }}
{{- with index . 1 }}
{{- $annotations := .metadata.annotations | default dict }}
{{- if or (ne (index $annotations "meta.helm.sh/release-name" | default "") $release.Name) (ne (index $annotations "meta.helm.sh/release-namespace" | default "") $release.Namespace) }}true{{ end }}
{{- end }}
{{- end }}

{{/* The names of the nodes that are to run an agent, as a list in JSON. */}}
{{- define "minicloud.agentNodes" -}}
{{- $nodes := list }}
{{- range .Values.hosts }}
{{- if eq (.agent | default "Pod") "Pod" }}{{ $nodes = append $nodes (.node | default .name) }}{{ end }}
{{- end }}
{{- toJson $nodes }}
{{- end }}

{{/* One installation per cluster, and where it lies. */}}
{{- define "minicloud.refusePlace" -}}
{{- if ne .Release.Namespace "minicloud-system" }}
{{- fail (printf "minicloud lies in the namespace minicloud-system, not in %s: helm install %s CHART --namespace minicloud-system --create-namespace" .Release.Namespace .Release.Name) }}
{{- end }}
{{- $role := lookup "rbac.authorization.k8s.io/v1" "ClusterRole" "" "minicloud-controller" }}
{{- if include "minicloud.foreign" (list . $role) }}
{{- $annotations := $role.metadata.annotations | default dict }}
{{- with index $annotations "meta.helm.sh/release-name" }}
{{- fail (printf "this cluster has minicloud already, as the release %s in the namespace %s, and takes one only: helm upgrade %[1]s CHART --namespace %[2]s, or helm uninstall it first" . (index $annotations "meta.helm.sh/release-namespace")) }}
{{- end }}
{{- fail "this cluster has minicloud already, installed without Helm: end that one first (hack/down, then kubectl delete clusterrole minicloud-controller when nothing of it runs any more)" }}
{{- end }}
{{- end }}

{{/* What the schema cannot say of hosts. */}}
{{- define "minicloud.refuseHosts" -}}
{{- if and .Values.controller.enabled (not .Values.hosts) }}
{{- fail (printf "no host is listed, so nothing could run: set hosts, e.g. --set-json 'hosts=[{\"name\":\"tower\",\"zones\":[\"%sa\"]}]', where tower is a node of this cluster" .Values.region) }}
{{- end }}
{{- $names := list }}
{{- range .Values.hosts }}{{ $names = append $names .name }}{{ end }}
{{- with include "minicloud.duplicate" $names }}
{{- fail (printf "two of hosts have the name %s: each needs its own" .) }}
{{- end }}
{{- with include "minicloud.duplicate" (include "minicloud.agentNodes" . | fromJsonArray) }}
{{- fail (printf "two of hosts are the node %s: a machine is one host; a machine that is not a node has agent: External" .) }}
{{- end }}
{{- range .Values.hosts }}
{{- range .zones }}
{{- if ne (trimSuffix (substr (int (sub (len .) 1)) (len .) .) .) $.Values.region }}
{{- fail (printf "zone %s is not in region %s: name it %sa, %sb, …" . $.Values.region $.Values.region $.Values.region) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* What the schema cannot say of accounts. */}}
{{- define "minicloud.refuseAccounts" -}}
{{- range $field := list "name" "namespace" "accountId" }}
{{- $words := list }}
{{- range $.Values.accounts }}{{ $words = append $words (index . $field) }}{{ end }}
{{- with include "minicloud.duplicate" $words }}
{{- fail (printf "two of accounts have the %s %s: each needs its own" $field .) }}
{{- end }}
{{- end }}
{{- range .Values.accounts }}
{{- if or (hasPrefix "minicloud-" .namespace) (hasPrefix "kube-" .namespace) }}
{{- fail (printf "account %s has the namespace %s: names that begin with minicloud- or kube- are reserved, choose another" .name .namespace) }}
{{- end }}
{{- end }}
{{- end }}

{{/* The S3 server: bundled, or one of the user's own. */}}
{{- define "minicloud.refuseStore" -}}
{{- if and .Values.minio.enabled .Values.s3.endpoint }}
{{- fail (printf "s3.endpoint names the server %s, and the bundled MinIO is enabled too: set minio.enabled=false to use yours, or leave s3.endpoint empty" .Values.s3.endpoint) }}
{{- end }}
{{- if and .Values.s3.endpoint (not .Values.s3.existingSecret) }}
{{- fail "s3.endpoint needs s3.existingSecret: the name of a Secret in minicloud-system with the key config.env, which holds the lines MINIO_ROOT_USER=… and MINIO_ROOT_PASSWORD=…" }}
{{- end }}
{{- if and .Values.minio.persistence.hostPath .Values.minio.persistence.storageClass }}
{{- fail "minio.persistence has a hostPath and a storageClass: keep one of them" }}
{{- end }}
{{- end }}

{{/* What only a look at the cluster tells of nodes. */}}
{{- define "minicloud.refuseNodes" -}}
{{- $there := list }}
{{- range (lookup "v1" "Node" "" "").items }}{{ $there = append $there .metadata.name }}{{ end }}
{{- if $there }}
{{- range include "minicloud.agentNodes" . | fromJsonArray }}
{{- if not (has . $there) }}
{{- fail (printf "hosts lists the node %s, which this cluster does not have: its nodes are %s (another name of the host than of its node: set hosts[].node; a machine that is not a node: agent: External)" . (join ", " $there)) }}
{{- end }}
{{- end }}
{{- if and .Values.minio.enabled .Values.minio.persistence.hostPath (gt (len $there) 1) (not .Values.minio.persistence.node) }}
{{- fail (printf "minio.persistence.hostPath is a folder of one node, and this cluster has several: set minio.persistence.node to one of %s" (join ", " $there)) }}
{{- end }}
{{- end }}
{{- end }}

{{/* What only a look at the cluster tells of namespaces. */}}
{{- define "minicloud.refuseNamespaces" -}}
{{- $own := list "minicloud-fabric" "minicloud-authorities" }}
{{- range .Values.hosts }}{{ $own = append $own (printf "minicloud-host-%s" .name) }}{{ end }}
{{- range $own }}
{{- if include "minicloud.foreign" (list $ (lookup "v1" "Namespace" "" .)) }}
{{- fail (printf "the namespace %s is there already and not of this release: look what is in it (kubectl get all,secrets -n %[1]s), and delete it when nobody needs it, or name the host differently" .) }}
{{- end }}
{{- end }}
{{- range .Values.accounts }}
{{- $namespace := lookup "v1" "Namespace" "" .namespace }}
{{- if and .createNamespace (include "minicloud.foreign" (list $ $namespace)) }}
{{- fail (printf "account %s wants the namespace %s made, and it is there already: set createNamespace: false to use it as it is" .name .namespace) }}
{{- end }}
{{- if not (or .createNamespace $namespace) }}
{{- fail (printf "the namespace %s of account %s is not there: kubectl create namespace %[1]s, or set createNamespace: true" .namespace .name) }}
{{- end }}
{{- end }}
{{- end }}

{{/* What only a look at the cluster tells of the S3 server. */}}
{{- define "minicloud.refuseCredentials" -}}
{{- with .Values.s3.existingSecret }}
{{- if not (index ((lookup "v1" "Secret" "minicloud-system" .).data | default dict) "config.env") }}
{{- fail (printf "s3.existingSecret names %s, and minicloud-system has no such Secret with the key config.env: kubectl -n minicloud-system create secret generic %[1]s --from-file=config.env=FILE, where FILE has the lines MINIO_ROOT_USER=… and MINIO_ROOT_PASSWORD=…" .) }}
{{- end }}
{{- end }}
{{- $persistence := .Values.minio.persistence }}
{{- with and .Values.minio.enabled (lookup "apps/v1" "StatefulSet" "minicloud-system" "minicloud-minio") }}
{{- range .spec.volumeClaimTemplates | default (list dict) }}
{{- $has := dig "spec" "resources" "requests" "storage" "" . }}
{{- if ne $has (empty $persistence.hostPath | ternary $persistence.size "") }}
{{- fail (printf "minio.persistence cannot change with an upgrade: MinIO has %s. To grow a claim: kubectl -n minicloud-system patch pvc data-minicloud-minio-0, then delete the StatefulSet minicloud-minio with --cascade=orphan, and upgrade" (empty $has | ternary "a folder of the node" (printf "a claim of %s" $has))) }}
{{- end }}
{{- end }}
{{- end }}
{{- if and .Values.minio.enabled (not $persistence.hostPath) (not $persistence.storageClass) }}
{{- $default := false }}
{{- range (lookup "storage.k8s.io/v1" "StorageClass" "" "").items }}
{{- if eq (index (.metadata.annotations | default dict) "storageclass.kubernetes.io/is-default-class" | default "") "true" }}{{ $default = true }}{{ end }}
{{- end }}
{{- if not (or $default (lookup "v1" "PersistentVolumeClaim" "minicloud-system" "data-minicloud-minio-0")) }}
{{- fail "MinIO needs a volume and this cluster has no default StorageClass: set minio.persistence.storageClass, or minio.persistence.hostPath to a folder of the node (values.yaml says how to make it), or use a MinIO of yours (minio.enabled=false and s3.endpoint)" }}
{{- end }}
{{- end }}
{{- end }}
