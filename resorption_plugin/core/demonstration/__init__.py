"""An invented department: sites, water and streets that exist nowhere, in real communes, the same for a same seed."""
