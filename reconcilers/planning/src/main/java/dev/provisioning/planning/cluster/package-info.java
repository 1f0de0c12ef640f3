/**
 * What happens to a Cluster: which of its Servers and TaskServs are made, changed and ended now,
 * and what is told of it. It decides over children as they are; what a machine or a service needs
 * is decided in their own packages.
 */
package dev.provisioning.planning.cluster;
