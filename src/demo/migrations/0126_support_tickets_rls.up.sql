-- Teams see their own tickets only (app.team is set by the service).
ALTER TABLE support_tickets ENABLE ROW LEVEL SECURITY;

CREATE POLICY support_tickets_own_team ON support_tickets
    TO app_rw
    USING (team = current_setting('app.team', true))
    WITH CHECK (team = current_setting('app.team', true));

CREATE POLICY support_tickets_reporting ON support_tickets FOR SELECT
    TO reporting_ro
    USING (closed_at IS NOT NULL);
