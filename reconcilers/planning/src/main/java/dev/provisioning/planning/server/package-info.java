/**
 * Servers: from what is known of a machine to what happens next. Read {@link
 * dev.provisioning.planning.server.ServerInput}, then {@link
 * dev.provisioning.planning.server.ServerPlanner}.
 */
package dev.provisioning.planning.server;
