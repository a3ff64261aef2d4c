class NormalisePhones < ActiveRecord::Migration[6.1]
  class Member < ActiveRecord::Base
  end

  def up
    Member.where.not(phone: nil).find_each do |member|
      member.update!(phone: member.phone.gsub(/[^0-9+]/, ''))
    end
  end

  def down
  end
end
