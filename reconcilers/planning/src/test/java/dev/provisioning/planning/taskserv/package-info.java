package dev.provisioning.planning.taskserv;
