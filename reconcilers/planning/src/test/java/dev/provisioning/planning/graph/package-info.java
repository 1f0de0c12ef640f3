package dev.provisioning.planning.graph;
