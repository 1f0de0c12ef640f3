/**
 * What ships as YAML, proven: definitions pass the planner, services work on real machines, charts
 * and samples are taken by a real API server. Nothing here ships.
 */
package dev.provisioning.proof;
