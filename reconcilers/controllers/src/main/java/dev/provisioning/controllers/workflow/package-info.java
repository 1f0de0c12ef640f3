/**
 * The shell of BatchWorkflows: what is around them, the writes to the resources that operations
 * make and change, and the scripts on machines. Decisions are in {@code planning.workflow}.
 */
package dev.provisioning.controllers.workflow;
