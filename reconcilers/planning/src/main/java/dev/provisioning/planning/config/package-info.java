/**
 * Layered configuration with provenance, the same for Servers and TaskServs. Belongs here: merging
 * values. Does not: knowing where layers come from.
 */
package dev.provisioning.planning.config;
