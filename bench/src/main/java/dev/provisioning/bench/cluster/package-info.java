/**
 * B1 to B4: the operator as it ships, a process of its own, with a real API server and the
 * simulated provider. The API server's own counters are the truth about calls.
 */
package dev.provisioning.bench.cluster;
