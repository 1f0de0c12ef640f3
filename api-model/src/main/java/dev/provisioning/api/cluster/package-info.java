/**
 * The kinds Cluster, machines and services as one thing, and ClusterDefinition, a topology with
 * parameters. Their specs, statuses and parts, nothing else.
 */
package dev.provisioning.api.cluster;
