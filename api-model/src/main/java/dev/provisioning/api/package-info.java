/**
 * The Java face of the custom resources: records without logic. What all kinds share is here; each
 * kind has a package of its own. A component that is absent in YAML is null; a list or map is never
 * null. Descriptions are written for people who read {@code kubectl explain}.
 */
package dev.provisioning.api;
