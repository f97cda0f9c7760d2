"""The words everybody speaks; pure: no network, no SQL, no clock."""
