package dev.provisioning.planning.workflow;
