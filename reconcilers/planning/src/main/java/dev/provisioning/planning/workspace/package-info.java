/**
 * Decisions about Workspaces: presets, quota arithmetic, which provider may be used, whether it may
 * be deleted. Belongs here: what one Workspace and the resources in it mean together. Does not: the
 * decision about any of those resources.
 */
package dev.provisioning.planning.workspace;
