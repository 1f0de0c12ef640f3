/**
 * The shell of Clusters and their definitions: reads what is around them from caches, and makes,
 * changes and deletes their Servers and TaskServs. Talks to Kubernetes, and to providers only for
 * prices.
 */
package dev.provisioning.controllers.cluster;
