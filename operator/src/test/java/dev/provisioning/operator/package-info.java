/** The real composition root against a real API server. */
package dev.provisioning.operator;
