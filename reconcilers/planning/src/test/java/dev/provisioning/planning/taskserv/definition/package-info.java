package dev.provisioning.planning.taskserv.definition;
