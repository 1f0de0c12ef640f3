/**
 * From the records of the API to the CustomResourceDefinitions that are committed beside this
 * module. Runs at build time only; nothing depends on it.
 */
package dev.provisioning.crds;
