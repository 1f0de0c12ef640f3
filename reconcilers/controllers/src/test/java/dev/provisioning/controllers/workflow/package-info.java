/** Tests of the shell of BatchWorkflows. */
package dev.provisioning.controllers.workflow;
