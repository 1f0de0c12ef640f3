/**
 * What runs on one machine: version, configuration, rendered files and steps, as a {@code Bundle}.
 * Nothing here knows when it runs.
 */
package dev.provisioning.planning.taskserv.design;
