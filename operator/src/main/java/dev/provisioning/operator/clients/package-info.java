/** The adapters, made from what Workspaces say: the only place that knows them by name. */
package dev.provisioning.operator.clients;
