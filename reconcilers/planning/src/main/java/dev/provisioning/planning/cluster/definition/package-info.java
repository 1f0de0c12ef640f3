/** Whether a ClusterDefinition can be used, told before anybody uses it. */
package dev.provisioning.planning.cluster.definition;
