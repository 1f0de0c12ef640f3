/** Tables for Workspaces. */
package dev.provisioning.planning.workspace;
