DROP POLICY support_tickets_reporting ON support_tickets;
DROP POLICY support_tickets_own_team ON support_tickets;
ALTER TABLE support_tickets DISABLE ROW LEVEL SECURITY;
