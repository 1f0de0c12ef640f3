/**
 * BatchWorkflow: a graph of operations that is carried out once, whatever happens in between. What
 * belongs to the resources that operations make stands with their kinds.
 */
package dev.provisioning.api.workflow;
