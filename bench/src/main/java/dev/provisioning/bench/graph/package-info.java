/** B11: how long the order of many things takes; no API server, no operator. */
package dev.provisioning.bench.graph;
