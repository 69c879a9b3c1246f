-- keycloak-nylas: removes everything that the extension created in Keycloak's database (PostgreSQL).
-- Only after the jar is gone and every server was restarted without it. See docs/uninstall.md.
-- Grants at Nylas stay and go on being billed: export their ids first (SELECT GRANT_ID FROM NYLAS_GRANT WHERE GRANT_ID IS NOT NULL).

BEGIN;

DROP TABLE NYLAS_CAPTURE;

DROP TABLE NYLAS_GRANT;

DROP TABLE NYLAS_IDENTITY;

DROP TABLE NYLAS_HOLD;

DROP TABLE NYLAS_DELETION;

DROP TABLE NYLAS_EVIDENCE;

DROP TABLE NYLAS_CONNECTION;

DROP TABLE NYLAS_WEBHOOK;

DROP TABLE NYLAS_NOTICE;

DROP TABLE NYLAS_HISTORY;

DROP TABLE NYLAS_NODE;

DROP TABLE NYLAS_BACKFILL;

DROP TABLE DATABASECHANGELOG_NYLAS_GRAN;

COMMIT;
