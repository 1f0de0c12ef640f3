package dev.provisioning.planning.taskserv.design;
