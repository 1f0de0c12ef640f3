/** Clusters as tables, stories and lives with crashes in them. */
package dev.provisioning.planning.cluster;
