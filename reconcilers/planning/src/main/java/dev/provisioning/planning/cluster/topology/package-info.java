/**
 * What a Cluster is to be made of: its definition with parameters filled in, the Cluster's own
 * fields over it, checked; and the Servers and TaskServs that follow from it. No state, no order of
 * events.
 */
package dev.provisioning.planning.cluster.topology;
