/**
 * What a BatchWorkflow does next. {@code Course} folds what happened into the record of every
 * operation and starts what may start; the planner shows its effects, the projector its record.
 * What is made by operations is known here as {@code ChildFacts} only: no kind's own rules belong
 * here.
 */
package dev.provisioning.planning.workflow;
