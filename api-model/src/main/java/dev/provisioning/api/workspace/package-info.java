/**
 * The kind Workspace: isolation, providers, defaults and limits of the resources of a namespace.
 * Its spec, its status and their parts, nothing else.
 */
package dev.provisioning.api.workspace;
