/**
 * Effective configuration: layers merged with provenance, defaults and checks by schema, secrets as
 * references. Shared by all kinds.
 */
package dev.provisioning.planning.config;
