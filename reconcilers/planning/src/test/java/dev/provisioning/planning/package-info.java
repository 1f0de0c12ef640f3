package dev.provisioning.planning;
