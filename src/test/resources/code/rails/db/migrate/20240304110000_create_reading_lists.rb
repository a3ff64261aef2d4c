class CreateReadingLists < ActiveRecord::Migration[6.1]
  def up
    execute <<~SQL
      CREATE TABLE reading_lists (
        id bigserial PRIMARY KEY,
        member_id bigint NOT NULL REFERENCES members,
        title text NOT NULL
      );

      UPDATE loans
         SET due_on = due_on + grace_days
       WHERE returned_on IS NULL;

      ALTER TABLE members ADD COLUMN card_number varchar(20);
    SQL
  end

  def down
    execute <<~SQL
      ALTER TABLE members DROP COLUMN card_number;
      DROP TABLE reading_lists;
    SQL
  end
end
