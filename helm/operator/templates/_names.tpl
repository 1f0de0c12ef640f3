{{- define "operator.name" -}}
{{- $full := printf "%s-%s" .Release.Name .Chart.Name -}}
{{- if contains .Chart.Name .Release.Name }}{{ $full = .Release.Name }}{{ end -}}
{{- $full | trunc 50 | trimSuffix "-" }}
{{- end }}

{{- define "operator.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ default (include "operator.name" .) .Values.serviceAccount.name }}{{ else }}{{ default "default" .Values.serviceAccount.name }}{{ end }}
{{- end }}

{{- define "operator.selector" -}}
app.kubernetes.io/name: provisioning-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "operator.labels" -}}
{{ include "operator.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "operator.image" -}}
{{- with .Values.image }}
{{- if .registry }}{{ .registry }}/{{ end }}{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ default $.Chart.AppVersion .tag }}{{ end }}
{{- end }}
{{- end }}

{{/* What the operator does with its own kinds, in the namespaces it watches. */}}
{{- define "operator.rules.kinds" -}}
- apiGroups: [provisioning.dev]
  resources: [workspaces, servers, taskservs, clusters, batchworkflows, taskservdefinitions, clusterdefinitions]
  verbs: [get, list, watch]
- apiGroups: [provisioning.dev] # finalizers, and the specs of a Cluster's own Servers and TaskServs
  resources: [workspaces, servers, taskservs, clusters, taskservdefinitions]
  verbs: [update]
- apiGroups: [provisioning.dev]
  resources: [workspaces/status, servers/status, taskservs/status, clusters/status, batchworkflows/status, taskservdefinitions/status, clusterdefinitions/status]
  verbs: [update]
- apiGroups: [provisioning.dev] # blockOwnerDeletion of what a Cluster owns
  resources: [clusters/finalizers]
  verbs: [update]
- apiGroups: [provisioning.dev] # what Clusters and workflows make; requirements with dependencies: Install
  resources: [servers, taskservs, clusters]
  verbs: [create, delete]
- apiGroups: [provisioning.dev] # a workflow whose time to live is over
  resources: [batchworkflows]
  verbs: [delete]
- apiGroups: [apps] # specs before a workflow changed them; definitions in use, so that services can go back
  resources: [controllerrevisions]
  verbs: [get, list, create, delete]
- apiGroups: [""] # what was told already is counted: read, then patched
  resources: [events]
  verbs: [get, create, patch]
{{- end }}

{{/* A changed password or key must reach the machines, so Secrets are watched; those that nobody gave are made, and bootstrap keys go again. */}}
{{- define "operator.rules.secrets" -}}
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch, create, update, delete]
{{- end }}
