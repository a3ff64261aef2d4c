-- CreateIndex
CREATE INDEX CONCURRENTLY "User_email_idx" ON "User"("email");
CREATE INDEX "User_name_idx" ON "User"("name");
